import { chromium } from '@playwright/test'
const base='http://localhost:4863'
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
const c=await b.newContext({baseURL:base,viewport:{width:1280,height:800},reducedMotion:'reduce'});await c.request.post('/api/v1/session',{data:{email:'helena@kelvora.example',password:'kelvora-demo'}})
const p=await c.newPage();p.on('pageerror',e=>console.log('ERR',e.message))
await p.goto('/transfers'); await p.locator('input[type=file]').first().setInputFiles('/tmp/keep/many.zip')
await p.waitForURL(/transfers\/.+/,{timeout:60000}); console.log(p.url())
await p.getByRole('button',{name:/Bring in/}).waitFor({timeout:120000}); await p.screenshot({path:'/tmp/keep-shots/imp1.png'})
await p.getByRole('button',{name:/Bring in/}).dblclick()
await p.waitForTimeout(4000); await p.screenshot({path:'/tmp/keep-shots/imp2.png'})
console.log(p.url()); await b.close()
